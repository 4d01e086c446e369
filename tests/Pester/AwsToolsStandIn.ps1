# Stands in for the cmdlets of AWS.Tools that the examples pipe from and to, with objects shaped like theirs. The policies
# are the samples in the current folder.

function Get-CTTrail {
    [pscustomobject]@{
        Name                = 'organization'
        TrailARN            = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/organization'
        S3BucketName        = 'amzn-s3-demo-trail-logs'
        S3KeyPrefix         = $null
        KmsKeyId            = $null
        HomeRegion          = 'us-east-1'
        IsMultiRegionTrail  = $true
        IsOrganizationTrail = $false
    }
}

function Get-S3BucketPolicy {
    param([string] $BucketName)
    Write-Verbose "The policy of $BucketName"
    Get-Content -LiteralPath ./renamed-trail.json -Raw
}

function Write-S3BucketPolicy {
    param([string] $BucketName, [string] $Policy)
    Set-Content -LiteralPath "./$BucketName.written.json" -Value $Policy -NoNewline
}

function Get-KMSKeyPolicy {
    param([string] $KeyId, [string] $PolicyName)
    Write-Verbose "$PolicyName of $KeyId"
    Get-Content -LiteralPath ./encrypted-trail-key.json -Raw
}

function Get-CWLMetricFilter {
    param([string] $LogGroupName, [string] $FilterNamePrefix)
    Write-Verbose "Filters of $LogGroupName named $FilterNamePrefix"
    [pscustomobject]@{
        FilterName    = 'unauthorized'
        FilterPattern = '{($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation")}'
        LogGroupName  = 'trail'
    }
}

function Get-CWLLogEvent {
    param([string] $LogGroupName, [string] $LogStreamName)
    Write-Verbose "Events of $LogGroupName, $LogStreamName"
    [pscustomobject]@{
        Events = [pscustomobject]@{ Message = 'ERROR: out of memory'; Timestamp = [datetime]::UnixEpoch }
    }
}
