@{
    RootModule           = 'module/LogDelivery.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b7c2f0e-3a41-4d0c-9f4e-8c1d6a2e7b93'
    Author               = 'The LogDelivery team'
    CompanyName          = 'LogDelivery'
    Copyright            = 'Copyright (c) 2026 The LogDelivery team'
    Description          = 'Says whether the logs of AWS services are let into S3, which policy statement stops them, and repairs it with proof.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    TypesToProcess       = @('module/LogDelivery.Types.ps1xml')
    FormatsToProcess     = @('module/LogDelivery.Format.ps1xml')
    CmdletsToExport      = @(
        'Compare-LogDeliveryPolicy'
        'Compare-LogFilterPattern'
        'Expand-LogSubscription'
        'Export-LogDeliveryTemplate'
        'Get-LogDeliveryAlarm'
        'Get-LogDeliveryDestination'
        'Get-LogDeliveryFailure'
        'Get-LogDeliveryPolicyBackup'
        'Get-LogDeliverySource'
        'Get-S3ObjectAccess'
        'Get-S3SignatureUsage'
        'Get-TrailDeliveryHealth'
        'New-LogDeliveryAlarm'
        'New-LogDeliveryPolicy'
        'New-LogDeliveryStreamPolicy'
        'Remove-LogDeliveryAlarm'
        'Repair-LogDeliveryPolicy'
        'Repair-LogDeliveryStream'
        'Restore-LogDeliveryPolicy'
        'Select-LogEvent'
        'Start-LogDeliverySandbox'
        'Stop-LogDeliverySandbox'
        'Test-LogDeliveryAccess'
        'Test-LogDeliveryBucketPolicy'
        'Test-LogDeliveryKeyPolicy'
        'Test-LogFilterPattern'
        'Test-LogDeliveryStream'
        'Watch-TrailDeliveryHealth'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'S3', 'CloudTrail', 'KMS', 'Logging', 'Audit', 'Security', 'Policy', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
